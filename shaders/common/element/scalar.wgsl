// What a kernel of Elements works on: single numbers.
alias Element = f32;

fn total(element: Element) -> f32 { return element; }

fn largest(element: Element) -> f32 { return element; }

fn component(element: Element, n: u32) -> f32 { return element; }

// The first `count` components, zeros for the others.
fn first_components(element: Element, count: u32) -> Element {
  return select(0.0, element, count > 0u);
}

fn unit_component(n: u32) -> Element { return 1.0; }
