import express, { type Router } from 'express';
import { z } from 'zod';
import { errorBody, errors } from '../../shared/protocol/errors.ts';
import { requireRead } from './only-reads.ts';
import { type ApiRoute, apiRoutes } from './route-table.ts';

type JsonObject = Record<string, unknown>;

function schemaOf(schema: z.ZodType, io: 'input' | 'output'): JsonObject {
  const { $schema, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as JsonObject;
  return rest;
}

function parametersOf(route: ApiRoute): JsonObject[] {
  const inPath = [...route.path.matchAll(/:(\w+)/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
  const query = route.query ? schemaOf(route.query, 'input') : {};
  const required = (query.required as string[] | undefined) ?? [];
  const inQuery = Object.entries((query.properties as JsonObject | undefined) ?? {}).map(
    ([name, schema]) => ({
      name,
      in: 'query',
      required: required.includes(name),
      schema,
    }),
  );
  return [...inPath, ...inQuery];
}

const json = (schema: JsonObject): JsonObject => ({ 'application/json': { schema } });

function operation(route: ApiRoute): JsonObject {
  const status = route.status ?? 200;
  const parameters = parametersOf(route);
  const body = route.raw ? { '*/*': {} } : route.body && json(schemaOf(route.body, 'input'));
  return {
    summary: route.summary,
    tags: [route.path.split('/')[1]],
    ...(parameters.length > 0 && { parameters }),
    ...(body && { requestBody: { required: true, content: body } }),
    responses: {
      [status]: {
        description: status === 204 ? 'Done' : 'As asked',
        ...(route.reply && { content: json(schemaOf(route.reply, 'output')) }),
        ...(route.events && { content: { 'text/event-stream': { schema: { type: 'string' } } } }),
      },
      default: { $ref: '#/components/responses/error' },
    },
    ...(route.public && { security: [] }),
  };
}

/** The description of the API, made of the schemas that check the requests. */
export function openapiDocument(version: string): JsonObject {
  const paths: Record<string, JsonObject> = {};
  for (const route of apiRoutes) {
    const path = route.path.replace(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(route) };
  }
  const codes = Object.entries(errors).map(([name, { code, text }]) => `${code} ${name}: ${text}`);
  return {
    openapi: '3.1.0',
    info: { title: 'Callboard', version, description: `Errors: ${codes.join(' ')}` },
    servers: [{ url: '/api/v1' }],
    security: [{ bearer: [] }, { cookie: [] }],
    paths,
    components: {
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer' },
        cookie: { type: 'apiKey', in: 'cookie', name: '__Host-callboard' },
      },
      responses: {
        error: {
          description: 'What was wrong',
          content: json(schemaOf(z.object({ error: errorBody }), 'output')),
        },
      },
    },
  };
}

/** `GET /openapi.json`, below `/api/v1`. Built at the first request: the schemas are many. */
export function openapiRoutes(version: string): Router {
  let document: JsonObject | undefined;
  return express.Router().get('/openapi.json', (_req, res) => {
    document ??= openapiDocument(version);
    res.json(document);
  });
}

const escapeHtml = (text: string): string => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** `GET /api/docs`: the same table as a plain page, without a script. */
export function docsRoutes(version: string): Router {
  const rows = apiRoutes.map(
    ({ method, path, summary }) =>
      `<tr><td><code>${method}</code></td><td><code>/api/v1${escapeHtml(path)}</code></td><td>${escapeHtml(summary)}</td></tr>`,
  );
  const page =
    `<!doctype html><html lang="en"><meta charset="utf-8"><title>Callboard API ${escapeHtml(version)}</title>` +
    `<h1>Callboard API ${escapeHtml(version)}</h1><p>Schemas: <a href="/api/v1/openapi.json">openapi.json</a>. ` +
    `Authenticate with <code>Authorization: Bearer &lt;key&gt;</code>.</p><table><thead><tr><th>Method</th>` +
    `<th>Address</th><th>Does</th></tr></thead><tbody>${rows.join('')}</tbody></table></html>`;
  return express.Router().all('/api/docs', (req, res) => {
    requireRead(req, res);
    res.set({ 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-cache' }).send(page);
  });
}
