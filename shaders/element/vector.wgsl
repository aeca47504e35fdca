// What a kernel of Elements works on: four columns at a time.
alias Element = vec4<f32>;

fn total(element: Element) -> f32 { return element.x + element.y + element.z + element.w; }

fn largest(element: Element) -> f32 {
  return max(max(element.x, element.y), max(element.z, element.w));
}
