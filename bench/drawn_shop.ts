/**
 * Draws a shop whose users choose by what they see: images of shapes in colours, titles, and clicks.
 *
 *   deno run --allow-write=FOLDER bench/drawn_shop.ts FOLDER [ITEMS] [USERS] [SEED]
 *
 * It writes `photos/ITEM.png`, `items.csv`, `clicks.csv`, and `shuffled/ITEM.png`, the same images given to
 * other items, which say nothing of what users choose.
 *
 * @module
 */
import { uniforms } from "../algebra/random_sequence.ts";
import { type Colour, encodePng } from "../tests/cli/encode/png.ts";

const shapes = ["circle", "square", "triangle"] as const;
const colours = {
  red: [210, 40, 40],
  orange: [230, 140, 30],
  yellow: [225, 215, 50],
  green: [50, 160, 60],
  blue: [45, 80, 200],
  purple: [140, 50, 170],
} as const;

/** Clicks of a user at most, and the share of them that follow their taste; others are by popularity. */
const [mostClicks, tasteful] = [8, 0.8];

const size = 96;

interface Item {
  readonly id: string;
  readonly shape: number;
  readonly colour: number;
  readonly popularity: number;
}

/** An image of an item: its shape somewhere, in some size, turned, in nearly its colour, on a grey noise. */
function draw({ shape, colour }: Item, random: () => number): Uint8Array {
  const [x0, y0] = [0, 1].map(() => size * (0.4 + 0.2 * random()));
  const radius = size * (0.2 + 0.15 * random());
  const angle = 0.4 * (random() - 0.5);
  const shade = 0.8 + 0.4 * random();
  const back = 200 + 50 * random();
  const base = Object.values(colours)[colour];
  const isInside = (x: number, y: number) => {
    const [dx, dy] = [(x - x0) / radius, (y - y0) / radius];
    const [u, v] = [
      dx * Math.cos(angle) + dy * Math.sin(angle),
      dy * Math.cos(angle) - dx * Math.sin(angle),
    ];
    switch (shapes[shape]) {
      case "circle":
        return Math.hypot(u, v) < 1;
      case "square":
        return Math.max(Math.abs(u), Math.abs(v)) < 0.9;
      case "triangle":
        return v < 0.8 && v > 2 * Math.abs(u) - 1.1;
    }
  };
  return encodePng(size, size, (x, y): Colour => {
    const noise = 20 * (random() - 0.5);
    const [r, g, b] = isInside(x, y)
      ? base.map((level) => level * shade + noise)
      : [back + noise, back + noise, back + noise];
    const level = (value: number) => Math.max(0, Math.min(255, Math.round(value)));
    return [level(r), level(g), level(b)];
  });
}

/** The place of a number in running sums. */
function pick(weights: readonly number[], random: () => number): number {
  let left = random() * weights.reduce((sum, weight) => sum + weight, 0);
  return Math.max(0, weights.findIndex((weight) => (left -= weight) < 0));
}

const [folder, items = "600", users = "400", seed = "1"] = Deno.args;
const random = uniforms(Number(seed));
const shop = Array.from({ length: Number(items) }, (_, n): Item => ({
  id: `item${n}`,
  shape: Math.floor(3 * random()),
  colour: Math.floor(6 * random()),
  popularity: (0.1 + random()) ** 2,
}));
await Deno.mkdir(`${folder}/photos`, { recursive: true });
await Deno.mkdir(`${folder}/shuffled`, { recursive: true });
const others = shop.map(({ id }) => id);
for (let n = others.length - 1; n > 0; n--) {
  const other = Math.floor((n + 1) * random());
  [others[n], others[other]] = [others[other], others[n]];
}
for (const [n, item] of shop.entries()) {
  const png = draw(item, random);
  await Deno.writeFile(`${folder}/photos/${item.id}.png`, png);
  await Deno.writeFile(`${folder}/shuffled/${others[n]}.png`, png);
}
const adjectives = ["small", "large", "the", "a"];
await Deno.writeTextFile(
  `${folder}/items.csv`,
  "item,title\n" +
    shop.map(({ id }) => `${id},${adjectives[Math.floor(4 * random())]} print\n`).join(""),
);
const rows: string[] = [];
for (let user = 0; user < Number(users); user++) {
  // Two kinds that the user likes, of 18.
  const liked = [0, 1].map(() => `${Math.floor(3 * random())} ${Math.floor(6 * random())}`);
  const popular = shop.map(({ popularity }) => popularity);
  const liking = shop.map(({ shape, colour, popularity }) =>
    liked.includes(`${shape} ${colour}`) ? popularity : 0
  );
  const clicked = new Set<number>();
  for (let tries = 0; clicked.size < mostClicks && tries < 200; tries++) {
    clicked.add(pick(random() < tasteful ? liking : popular, random));
  }
  for (const item of clicked) rows.push(`user${user},${shop[item].id}\n`);
}
await Deno.writeTextFile(`${folder}/clicks.csv`, `user,item\n${rows.join("")}`);
