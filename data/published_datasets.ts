/**
 * Datasets of the field that somebody may ask for by name: who publishes them, and what makes a
 * dataset of them here. None is fetched; licences are their owners' matter.
 *
 * @module
 */
import type { Message, Wording } from "../errors.ts";

/** A dataset of the field. */
export interface PublishedDataset {
  /** The name that it goes by. */
  readonly name: string;
  /** Who publishes it, and where, in a line. */
  readonly published: string;
  /** What makes a dataset of it. */
  readonly steps: (place: DatasetPlace) => string;
}

/** Where a dataset is to be. */
export interface DatasetPlace {
  /** The folder of the datasets. */
  readonly directory: string;
  /** What gives it to `preprocess`, beside its name and this folder. */
  readonly preprocess: (settings: Readonly<Record<string, string>>) => string;
}

/** Categories of Amazon's reviews, and what the files of their 5-cores are named after. */
const amazonCategories: Readonly<Record<string, string>> = {
  baby: "Baby",
  sports: "Sports_and_Outdoors",
  clothing: "Clothing_Shoes_and_Jewelry",
  electronics: "Electronics",
  toys: "Toys_and_Games",
  beauty: "Beauty",
  office: "Office_Products",
};

/** The categories that MMRec's authors give with image and text features. */
const preparedCategories = ["baby", "sports", "clothing", "electronics"];

const amazon = Object.entries(amazonCategories).map(([name, category]): PublishedDataset => {
  const isPrepared = preparedCategories.includes(name);
  return {
    name,
    published: `"${name}" is from Amazon Reviews 2014, on Julian McAuley's page at UCSD` +
      (isPrepared ? "; MMRec's repository links it with image and text features" : ""),
    steps({ directory, preprocess }) {
      const build = preprocess({ input: `reviews_${category}_5.json.gz` });
      return isPrepared
        ? `Copy MMRec's folder to "${directory}/${name}", or use the reviews alone: ${build}`
        : `Download its 5-core, then run: ${build}`;
    },
  };
});

/** Datasets that come as lists of items by user, with the authors' own split. */
const split = ["tiktok", "allrecipes"].map((name): PublishedDataset => ({
  name,
  published: `MMSSL's repository (HKUDS) links "${name}", with its split and features`,
  steps: ({ directory }) =>
    `Write its pairs to "${directory}/${name}/${name}.inter" with userID, itemID and x_label ` +
    "(0 train, 1 validation, 2 test), and copy its *_feat.npy beside it: docs/datasets.md has a " +
    "script",
}));

/** All of them. */
const published: readonly PublishedDataset[] = [
  ...amazon,
  ...split,
  {
    name: "microlens",
    published:
      'The repository MicroLens (Westlake University) links "microlens"; MMRec\'s links it ' +
      "with features",
    steps: ({ directory, preprocess }) =>
      `Copy MMRec's folder to "${directory}/microlens", or use the interactions alone: ` +
      preprocess({ input: "MicroLens-100k_pairs.csv" }),
  },
  {
    name: "movielens",
    published: "MovieLens is on the site of GroupLens (University of Minnesota); take a release " +
      "with CSV files, such as ml-latest-small",
    steps: ({ preprocess }) =>
      "Unpack it, then run: " + preprocess({
        input: "ratings.csv",
        minRating: "4",
        text: "words=movies.csv:title,genres",
      }),
  },
  {
    name: "lastfm",
    published: "Last.fm is in HetRec 2011 (hetrec2011-lastfm-2k), on the site of GroupLens",
    steps: ({ preprocess }) =>
      "Unpack it, then run: " + preprocess({ input: "user_artists.dat", meta: "artists.dat#id" }),
  },
  {
    name: "yelp",
    published: "The Yelp Open Dataset is on Yelp's site",
    steps: ({ preprocess }) =>
      "Unpack it, then run: " + preprocess({
        input: "yelp_academic_dataset_review.json",
        minRating: "4",
        text: "words=yelp_academic_dataset_business.json:name,categories",
      }),
  },
];

/** Other names that are in use, in the form of {@linkcode plain}. */
const otherNames: Readonly<Record<string, string>> = {
  elec: "electronics",
  sport: "sports",
  cloth: "clothing",
  clothes: "clothing",
  ml: "movielens",
  hetrec2011lastfm: "lastfm",
};

/** A name without what differs from author to author: capitals, marks, "Amazon", and sizes. */
function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, "").replace(/^amazon(?=.)/, "")
    .replace(/(?:latest)?(?:small)?$|\d+[km]?$/, "");
}

/**
 * The dataset of the field that a name means.
 *
 * @param name What somebody asked for.
 * @returns `undefined` where it is none that is known here.
 * @example
 * ```ts
 * import { publishedDataset } from "./published_datasets.ts";
 * publishedDataset("Amazon-Baby")?.name; // "baby"
 * publishedDataset("ml-1m")?.name; // "movielens"
 * ```
 */
export function publishedDataset(name: string): PublishedDataset | undefined {
  const wanted = otherNames[plain(name)] ?? plain(name);
  return published.find((dataset) => dataset.name === wanted);
}

/**
 * Two lines: who publishes a dataset, and what makes one of it here.
 *
 * @param dataset The dataset.
 * @param directory The folder of the datasets.
 * @param isDefault Whether commands look there unless they are told otherwise.
 * @example
 * ```ts
 * import { inWords } from "../errors.ts";
 * import { howToGet, publishedDataset } from "./published_datasets.ts";
 * const message = howToGet(publishedDataset("toys")!, "datasets", true);
 * inWords(message, { setting: (name) => name, command: (name) => name }).split("\n").length; // 2
 * ```
 */
export function howToGet(
  { name, published, steps }: PublishedDataset,
  directory: string,
  isDefault: boolean,
): Message {
  return ({ command }: Wording) => {
    const place = isDefault ? undefined : { dataDir: directory };
    const preprocess = (settings: Readonly<Record<string, string>>) =>
      command("preprocess", { dataset: name, ...place, ...settings });
    return `${published}\n${steps({ directory, preprocess })}`;
  };
}
