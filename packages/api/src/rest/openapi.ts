import { ImportResult, type Kind, KIND_SHEETS, KINDS, LeagueTable, QuarterText } from '@zhidu/contract'
import { z } from 'zod'
import { MAX_RECORDS, recordBodySchema, recordPageSchema, RestError } from './record-schema.ts'
import { REQUESTS_PER_MINUTE } from './rest-caller.ts'
import { LeagueQuery, RecordsQuery, RestQuarter, WriteQuery } from './rest-query.ts'

type Json = Readonly<Record<string, unknown>>

/** JSON Schema 2020-12, the dialect of OpenAPI 3.1; without `$schema`, which the document declares once. */
function toSchema(schema: z.ZodType, io: 'input' | 'output' = 'output'): Json {
  const { $schema: _, ...json } = z.toJSONSchema(schema, {
    target: 'draft-2020-12',
    io,
    unrepresentable: 'any',
    override: ({ jsonSchema, zodSchema }) => {
      // A custom check has no form of its own.
      if (zodSchema === QuarterText || zodSchema === RestQuarter)
        Object.assign(jsonSchema, { type: 'string', pattern: '^\\d{4}Q[1-4]$' })
    },
  })
  return json
}

const NOTES: Readonly<Record<string, string>> = {
  quarter: 'Records of one quarter, such as 2026Q3; missing = all',
  limit: 'Records of a page, 1 to 200',
  cursor: '`next` of the page before',
  lang: 'zh-CN (default) or en, for messages; Accept-Language is read too',
  dryRun: 'Check and count, write nothing',
  acceptValid: 'Take the valid records and leave the others',
  group: 'Peer group',
  asOf: 'Instant up to which facts count; missing = now',
}

/** Parameters of a query from its schema. */
function toParameters(query: z.ZodType): Json[] {
  const { properties = {}, required = [] } = toSchema(query, 'input') as {
    readonly properties?: Readonly<Record<string, Json>>
    readonly required?: readonly string[]
  }
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    description: NOTES[name] ?? name,
    schema,
  }))
}

function jsonOf(name: string): Json {
  return { content: { 'application/json': { schema: { $ref: `#/components/schemas/${name}` } } } }
}

function refusals(statuses: readonly (readonly [status: string, description: string])[]): Json {
  return Object.fromEntries(statuses.map(([status, description]) => [status, { description, ...jsonOf('Error') }]))
}

const ALWAYS = [
  ['401', 'No key, or one that is unknown, revoked or expired'],
  ['403', 'The key does not allow it'],
  ['429', `More than ${REQUESTS_PER_MINUTE} requests in a minute; see Retry-After`],
  ['500', 'Unexpected; `errorNumber` is in the log'],
] as const

function readOperation(kind: Kind): Json {
  const name = KIND_SHEETS[kind].name
  return {
    operationId: `list_${kind}`,
    summary: `${name['zh-CN']} · ${name.en}: current records in reach of the key, people masked`,
    parameters: toParameters(RecordsQuery),
    responses: {
      '200': { description: 'One page', ...jsonOf(`${kind}_page`) },
      ...refusals([...ALWAYS, ['422', 'A parameter is wrong']]),
    },
  }
}

function writeOperation(kind: Kind): Json {
  const name = KIND_SHEETS[kind].name
  const key = {
    name: 'Idempotency-Key',
    in: 'header',
    required: false,
    description: 'The same key and body give the same answer for 24 hours; with another body: 422',
    schema: { type: 'string', minLength: 1, maxLength: 255 },
  }
  const refused = {
    schema: { anyOf: [{ $ref: '#/components/schemas/Result' }, { $ref: '#/components/schemas/Error' }] },
  }
  return {
    operationId: `write_${kind}`,
    summary: `${name['zh-CN']} · ${name.en}: as an import, all or nothing, at most ${MAX_RECORDS} records`,
    parameters: [...toParameters(WriteQuery), key],
    requestBody: { required: true, ...jsonOf(`${kind}_body`) },
    responses: {
      '200': { description: 'Done, or tried; `row` counts records from 1', ...jsonOf('Result') },
      ...refusals([
        ...ALWAYS,
        ['409', 'A request with this Idempotency-Key is at work, or the demonstration is in place'],
        ['413', 'More than 1 MB'],
        ['415', 'Not application/json'],
      ]),
      '422': { description: 'Refused: nothing changed', content: { 'application/json': refused } },
    },
  }
}

/** The document of /api/v1, from the schemas that its answers are held to. */
export function buildOpenApi(version: string): Json {
  const paths = KINDS.map((kind) => [`/${kind}`, { get: readOperation(kind), post: writeOperation(kind) }])
  const schemas = KINDS.flatMap((kind) => [
    [`${kind}_page`, toSchema(recordPageSchema(kind))],
    [`${kind}_body`, toSchema(recordBodySchema(kind), 'input')],
  ])
  return {
    openapi: '3.1.0',
    info: { title: '值督 Zhidu', version, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    servers: [{ url: '/api/v1' }],
    security: [{ key: [] }],
    paths: {
      ...Object.fromEntries(paths),
      '/league': {
        get: {
          operationId: 'get_league',
          summary: '考核排名 · League table: units in reach, the others as peers without a name',
          parameters: toParameters(LeagueQuery),
          responses: {
            '200': { description: 'The table', ...jsonOf('League') },
            ...refusals([...ALWAYS, ['404', 'No such group in reach'], ['422', 'A parameter is wrong']]),
          },
        },
      },
      '/openapi.json': {
        get: {
          operationId: 'get_document',
          summary: 'This document',
          responses: {
            '200': { description: 'OpenAPI 3.1', content: { 'application/json': { schema: { type: 'object' } } } },
            ...refusals(ALWAYS),
          },
        },
      },
    },
    components: {
      securitySchemes: { key: { type: 'http', scheme: 'bearer', bearerFormat: 'zhidu_…' } },
      schemas: {
        ...Object.fromEntries(schemas),
        League: toSchema(LeagueTable),
        Result: toSchema(ImportResult),
        Error: toSchema(RestError),
      },
    },
  }
}
