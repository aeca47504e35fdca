/**
 * Writes the made-up shop of docs/tutorial.md, `clicks.csv` and `items.csv` beside this file:
 * `deno run --allow-write=docs/shop docs/shop/make_shop.ts` in the project's folder.
 *
 * Customers have one or two favourite departments, and products differ in popularity; a few are
 * hardly ever clicked.
 *
 * @module
 */
import { uniforms } from "../../algebra/random_sequence.ts";

/** Products by department, the popular ones first. */
const departments: Readonly<Record<string, readonly string[]>> = {
  kitchen: [
    ...["Cast-iron skillet", "Chef's knife", "Bamboo cutting board", "Pour-over coffee set"],
    ...["Stoneware teapot", "Glass jars, set of 3", "Linen tea towel", "Espresso cups"],
    ...["Salad spinner", "Rolling pin", "Enamel casserole", "Pepper mill"],
  ],
  garden: [
    ...["Copper watering can", "Hand trowel", "Terracotta pot", "Seed-starting tray"],
    ...["Pruning shears", "Garden gloves", "Bird feeder", "Herb seeds, mixed"],
    ...["Hanging planter", "Plant labels", "Kneeling pad", "Compost bin"],
  ],
  camping: [
    ...["Two-person tent", "Down sleeping bag", "Folding camp chair", "Headlamp", "Titanium mug"],
    ...["Camping stove", "Trekking poles", "Dry bag", "Water filter", "Sleeping mat"],
    ...["Fire starter", "Enamel camp plate"],
  ],
  desk: [
    ...["Brass desk lamp", "Dotted notebook", "Fountain pen", "Felt desk mat", "Monitor stand"],
    ...["Walnut pen tray", "Desk calendar", "Bookends", "Pencil set", "Letter tray"],
    ...["Bottle of ink", "Brass paper clips"],
  ],
  bath: [
    ...["Waffle bath towel", "Olive oil soap", "Bamboo bath mat", "Cotton robe", "Loofah"],
    ...["Wooden hairbrush", "Shower caddy", "Hand cream", "Soap dish", "Scented candle"],
    ...["Laundry basket", "Towel rail"],
  ],
};

/** The last products of each department have so few clicks that the 5-core drops them. */
const hardlyClicked = 0.02;
const customers = 200;
/** From the first of January to the end of September. */
const [firstMinute, minutes] = [Date.UTC(2026, 0, 1) / 60_000, 273 * 24 * 60];

interface Product {
  readonly id: string;
  readonly name: string;
  readonly department: string;
  readonly popularity: number;
}

const products: Product[] = Object.entries(departments).flatMap(([department, names]) =>
  names.map((name, place) => ({
    id: `${department[0].toUpperCase()}${101 + place}`,
    name,
    department,
    popularity: place === names.length - 1 ? hardlyClicked : 1 / (1 + place / 4),
  }))
);

const uniform = uniforms(2026);
const pick = <T>(from: readonly T[]): T => from[Math.floor(uniform() * from.length)];
const quoted = (field: string) => field.includes(",") ? `"${field}"` : field;

/** Draws one product, by popularity and by what a customer likes. */
function draw(favourites: readonly string[]): Product {
  const weights = products.map(({ department, popularity }) =>
    popularity * (favourites.includes(department) ? 1 : 0.06)
  );
  let left = uniform() * weights.reduce((sum, weight) => sum + weight);
  return products[weights.findIndex((weight) => (left -= weight) < 0)];
}

const clicks: string[] = [];
for (let customer = 0; customer < customers; customer++) {
  const names = Object.keys(departments);
  const favourites = [pick(names), pick(names)];
  const clicked = new Set<Product>();
  for (const wanted = 6 + Math.floor(7 * uniform()); clicked.size < wanted;) {
    clicked.add(draw(favourites));
  }
  const times = Array.from(clicked, () => firstMinute + Math.floor(minutes * uniform())).sort();
  Array.from(clicked).forEach(({ id }, n) => {
    const time = new Date(times[n] * 60_000).toISOString().slice(0, 16);
    clicks.push(`c${1001 + customer},${id},${time}Z`);
  });
}

const items = products.map(({ id, name, department }) => {
  const price = (4 + Math.floor(uniform() * 90) + 0.9).toFixed(2);
  const stock = uniform() < 0.25 ? 0 : Math.floor(1 + uniform() * 40);
  return [id, quoted(name), department, price, stock].join(",");
});

const folder = new URL(".", import.meta.url);
const write = (name: string, header: string, rows: readonly string[]) =>
  Deno.writeTextFile(new URL(name, folder), `${[header, ...rows].join("\n")}\n`);
await write("clicks.csv", "customer,product,time", clicks);
await write("items.csv", "product,name,department,price,stock", items);
