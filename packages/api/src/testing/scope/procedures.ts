import type { z } from 'zod'
import { appRouter } from '../../app-router.ts'

export interface ProcedureFacts {
  readonly path: string
  readonly type: 'query' | 'mutation'
  /** Schema of its input; undefined = it takes none. */
  readonly input: z.ZodType | undefined
}

interface Definition {
  readonly _def: { readonly type: ProcedureFacts['type']; readonly inputs: readonly z.ZodType[] }
}

/** Every procedure of the router: what is tested follows from the router, never from a list. */
export function listProcedures(): ProcedureFacts[] {
  // Safe: tRPC keeps procedures flat, by path; the tests fail on any that lacks these fields.
  const procedures = appRouter._def.procedures as unknown as Readonly<Record<string, Definition>>
  return Object.entries(procedures).map(([path, { _def }]) => ({ path, type: _def.type, input: _def.inputs[0] }))
}
