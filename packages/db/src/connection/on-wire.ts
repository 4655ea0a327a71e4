import type pg from 'pg'

/** What of a connection has no type: the stream it writes to, and whether statements may be sent before others are answered. */
interface Wire {
  pipeline: boolean
  readonly connection: { readonly stream: { cork(): void; uncork(): void } }
}

/** How many groups of statements wait for their answers on each connection. */
const waiting = new WeakMap<pg.PoolClient, number>()

/** Sends the statements that `ask` asks, none waiting for another, in one write. Answers in their order; never rejects. */
export async function askOnWire<T>(
  client: pg.PoolClient,
  ask: () => readonly Promise<T>[],
): Promise<PromiseSettledResult<T>[]> {
  // Safe: members that `pg` has from 8.23 on; the tests of `askTogether` go red without them.
  const wire = client as unknown as Wire
  const { stream } = wire.connection
  waiting.set(client, (waiting.get(client) ?? 0) + 1)
  wire.pipeline = true
  stream.cork()
  const asked = ask()
  stream.uncork()
  // All have to be answered before the connection asks one at a time again.
  const answers = await Promise.allSettled(asked)
  const others = (waiting.get(client) ?? 1) - 1
  waiting.set(client, others)
  wire.pipeline = others > 0
  return answers
}
