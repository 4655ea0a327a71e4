import type { Db } from '@zhidu/db'
import { ServiceError } from '../service-error.ts'

/** More than this stand in line for minutes: better they come again. */
const MAX_WAITING = 200

interface Queue {
  tail: Promise<unknown>
  length: number
}

const queues = new WeakMap<Db, Queue>()

/**
 * Runs writes one after another: in the database they wait for each other anyway, and there each would hold a connection that
 * readers need. Throws ServiceError `limited` when too many wait.
 */
export async function inLine<T>(db: Db, work: () => Promise<T>): Promise<T> {
  const queue = queues.get(db) ?? { tail: Promise.resolve(), length: 0 }
  queues.set(db, queue)
  if (queue.length >= MAX_WAITING) throw new ServiceError('limited', 'too_many_waiting')
  queue.length += 1
  const turn = queue.tail.then(work)
  queue.tail = turn.catch(() => undefined)
  try {
    return await turn
  } finally {
    queue.length -= 1
  }
}
