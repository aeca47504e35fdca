// What a kernel of Elements works on: four columns at a time.
alias Element = vec4<f32>;

fn total(element: Element) -> f32 { return element.x + element.y + element.z + element.w; }

fn largest(element: Element) -> f32 {
  return max(max(element.x, element.y), max(element.z, element.w));
}

fn component(element: Element, n: u32) -> f32 { return element[n]; }

// The first `count` components, zeros for the others.
fn first_components(element: Element, count: u32) -> Element {
  return select(Element(), element, vec4<u32>(0u, 1u, 2u, 3u) < vec4<u32>(count));
}

fn unit_component(n: u32) -> Element {
  return select(Element(), Element(1.0), vec4<u32>(0u, 1u, 2u, 3u) == vec4<u32>(n));
}
