// Lanes that add several numbers at once: the Share of each is up to four sums.

alias Share = vec4<f32>;

fn combined(a: Share, b: Share) -> Share { return a + b; }
