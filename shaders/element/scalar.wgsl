// What a kernel of Elements works on: single numbers.
alias Element = f32;

fn total(element: Element) -> f32 { return element; }

fn largest(element: Element) -> f32 { return element; }
