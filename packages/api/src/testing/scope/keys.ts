import { type Kind, KINDS } from '@zhidu/contract'
import type { TestDatabase } from '@zhidu/db/testing'
import { NOW } from './tree.ts'

/** A key of another system; its token is its name. */
export interface Key {
  readonly token: string
  readonly unitCode: string
  readonly kinds: readonly Kind[]
  readonly mayWrite: boolean
}

/** Every sort of key for a subtree: to read and write everything, to read everything, to read one kind, to write one. */
export function keysOf(unitCode: string): Key[] {
  const make = (name: string, kinds: readonly Kind[], mayWrite: boolean): Key => ({
    token: `zhidu_${name}_${unitCode}`,
    unitCode,
    kinds,
    mayWrite,
  })
  return [
    make('all', KINDS, true),
    make('reading', KINDS, false),
    ...KINDS.flatMap((kind) => [make(`reads_${kind}`, [kind], false), make(`writes_${kind}`, [kind], true)]),
  ]
}

export function keyOf(name: string, unitCode: string): Key {
  const key = keysOf(unitCode).find(({ token }) => token === `zhidu_${name}_${unitCode}`)
  if (key === undefined) throw new RangeError(`no key ${name} of ${unitCode}`)
  return key
}

export async function insertKeys({ pool }: TestDatabase, keys: readonly Key[]): Promise<void> {
  await pool.query(
    `insert into api_token (token_id, token_hash, name, unit_code, kinds, may_write, created_at, created_by, expires_at)
     select overlay(overlay(md5(token) placing '4' from 13) placing '8' from 17)::uuid, sha256(convert_to(token, 'UTF8')), token, "unitCode", kinds, "mayWrite", $2, 'test', $3
     from jsonb_to_recordset($1::jsonb) as k (token text, "unitCode" text, kinds text[], "mayWrite" boolean)`,
    [JSON.stringify(keys), new Date(NOW - 86_400_000), new Date(NOW + 86_400_000)],
  )
}
