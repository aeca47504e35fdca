/**
 * OpenAPI's document as a page that a person reads: without scripts, and from no other host.
 *
 * @module
 */
import { createHash } from "node:crypto";
import type { Context } from "hono";
import { html, raw } from "hono/html";

const style = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { max-width: 52rem; margin: 2rem auto; padding: 0 1rem; }
section { border-top: 1px solid #8888; margin-top: 2rem; }
code, pre { font: .875rem/1.45 ui-monospace, monospace; }
pre { overflow-x: auto; padding: .75rem; border: 1px solid #8886; border-radius: 4px; }
td, th { text-align: left; vertical-align: top; padding: .2rem 1rem .2rem 0; }
`;

const styleHash = createHash("sha256").update(style).digest("base64");

const policy = `default-src 'none'; style-src 'sha256-${styleHash}'; ` +
  "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** What the page reads of OpenAPI's document. */
interface ApiDocument {
  readonly info: { readonly title: string; readonly version: string };
  readonly paths?: Readonly<Record<string, object>>;
  readonly components?: { readonly schemas?: Readonly<Record<string, unknown>> };
}

/** What it reads of one path and method. */
interface Operation {
  readonly summary?: string;
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: string;
    readonly schema?: unknown;
  }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { schema?: unknown }>> };
  readonly responses?: Readonly<
    Record<string, { readonly description: string; readonly content?: object }>
  >;
}

/**
 * Answers with the page.
 *
 * @param c The request.
 * @param document OpenAPI's document.
 */
export function apiPage(c: Context, document: object): Response | Promise<Response> {
  const { info, paths = {}, components } = document as ApiDocument;
  c.header("Content-Security-Policy", policy);
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => operationOf(path, method, operation))
  );
  const schemas = Object.entries(components?.schemas ?? {}).map(([name, schema]) =>
    html`<section id="${name}"><h3>${name}</h3>${code(schema)}</section>`
  );
  return c.html(html`
    <!DOCTYPE html>
    <html lang="en">
      <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>${info.title}: API</title>
        <style>${raw(style)}</style>
      </head>
      <body>
        <main>
    <h1>${info.title} ${info.version}</h1>
    <p>The same for programs: <a href="/openapi.json">openapi.json</a> (OpenAPI 3.1)</p>
    ${operations}
    <h2>Types</h2>
    ${schemas}
        </main>
      </body>
    </html>
  `);
}

function operationOf(path: string, method: string, operation: Operation) {
  const { summary = "", parameters = [], requestBody, responses = {} } = operation;
  return html`<section>
<h2><code>${method.toUpperCase()} ${path}</code></h2>
<p>${summary}</p>
${
    parameters.length === 0 ? "" : html`<h3>Parameters</h3>
<table>${
      parameters.map((parameter) =>
        html`
          <tr>
            <th scope="row"><code>${parameter.name}</code></th>
            <td>${parameter.in}</td>
            <td><code>${JSON.stringify(parameter.schema)}</code></td>
          </tr>
        `
      )
    }</table>`
  }
${requestBody === undefined ? "" : html`<h3>Body</h3>${typeOf(requestBody.content)}`}
<h3>Answers</h3>
<table>${
    Object.entries(responses).map(([status, { description, content }]) =>
      html`
        <tr>
          <th scope="row">${status}</th>
          <td>${description}</td>
          <td>${content === undefined ? "" : typeOf(content)}</td>
        </tr>
      `
    )
  }</table>
</section>`;
}

/** Each media type, and a link to the type that it has. */
function typeOf(content: object) {
  return Object.entries(content).map(([media, { schema }]: [string, { schema?: unknown }]) => {
    const name = (schema as { $ref?: string } | undefined)?.$ref?.split("/").at(-1);
    return name === undefined ? html`<code>${media}</code> ${code(schema)}` : html`
      <code>${media}</code> <a href="#${name}">${name}</a>
    `;
  });
}

function code(value: unknown) {
  return html`<pre>${JSON.stringify(value, null, 2)}</pre>`;
}
