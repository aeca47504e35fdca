// Lanes that add numbers: the Share of each is a sum.

alias Share = f32;

fn combined(a: Share, b: Share) -> Share { return a + b; }
