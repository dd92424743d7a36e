import { Ajv2020 } from 'ajv/dist/2020.js';
import { format, resolveConfig } from 'prettier';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { routes } from '../../src/api/routes/index.ts';
import { bareApp } from './api-app.ts';

interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly tags: readonly string[];
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: string;
    readonly required?: boolean;
    readonly schema: object;
  }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: object }>> };
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { readonly schema: object }>> }>
  >;
}
interface Document {
  readonly openapi: string;
  readonly info: { readonly title: string; readonly version: string };
  readonly components: { readonly securitySchemes: object; readonly schemas?: object };
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

const file = fileURLToPath(new URL('../../docs/openapi.json', import.meta.url));
let text: string;
let document: Document;

beforeAll(async () => {
  const app = await bareApp();
  ({ body: text } = await app.inject({ url: '/api/openapi.json' }));
  document = JSON.parse(text) as Document;
  await app.close();
});

const operations = () =>
  Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, one]) => ({ path, method, one })),
  );
const templated = (path: string): string => `/api${path}`.replaceAll(/:([a-z]+)/gi, '{$1}');

describe('the OpenAPI document', () => {
  it('is the one in docs/openapi.json; after a change of routes: npx vitest run <this file> -u', async () => {
    const pretty = await format(text, { ...(await resolveConfig(file)), parser: 'json' });
    await expect(pretty).toMatchFileSnapshot(file);
  });

  it('has every route, under its method, and nothing else', () => {
    const there = operations().map(({ path, method }) => `${method} ${path}`);
    const wanted = routes.map((one) => `${one.method.toLowerCase()} ${templated(one.path)}`);
    expect(there.toSorted()).toEqual(wanted.toSorted());
  });

  it('is version 3.1, and names each operation once', () => {
    expect(document.openapi).toMatch(/^3\.1\.\d+$/);
    expect(Object.keys(document.components.securitySchemes)).toEqual(['session', 'token']);
    const ids = operations().map(({ one }) => one.operationId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { one } of operations()) expect(one.summary.length).toBeGreaterThan(10);
  });

  it('declares each part of a path as a required parameter, and no other', () => {
    for (const { path, one } of operations()) {
      const said = [...path.matchAll(/\{([^}]+)\}/g)].map(([, name = '']) => name);
      const declared = (one.parameters ?? []).filter((each) => each.in === 'path');
      expect(declared.map((each) => each.name).toSorted(), path).toEqual(said.toSorted());
      expect(
        declared.every((each) => each.required === true),
        path,
      ).toBe(true);
    }
  });

  it('has schemas of JSON Schema 2020-12 for what comes and what goes, and a problem for every no', () => {
    const ajv = new Ajv2020({ strict: false, validateFormats: false });
    for (const { path, method, one } of operations()) {
      const contents = [
        one.requestBody?.content,
        ...Object.values(one.responses).map((each) => each.content),
      ];
      const schemas = contents.flatMap((each) => Object.values(each ?? {}).map(({ schema }) => schema));
      for (const schema of [...schemas, ...(one.parameters ?? []).map((each) => each.schema)])
        expect(() => ajv.compile(schema), `${method} ${path}`).not.toThrow();
      expect(Object.keys(one.responses['default']?.content ?? {}), path).toEqual([
        'application/problem+json',
      ]);
      expect(one.responses['200']?.content, path).toBeDefined();
    }
  });
});
