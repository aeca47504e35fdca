/**
 * Runs the commands of every document: `./bandpass test-documents`. The suite runs those of the first two that a
 * newcomer reads, and looks at the options of all.
 *
 * @module
 */
import { documents, runLines } from "./documents.ts";
import { testDocument } from "./run_document.ts";

for (const document of documents) if (runLines(document).length > 0) testDocument(document);
