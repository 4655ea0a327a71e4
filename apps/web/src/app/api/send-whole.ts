import { ProblemError } from './problem.ts'

/** Sends a file whole, as bytes. Throws ProblemError when it is refused or the server cannot be reached. */
export async function sendWhole<T>(place: string, file: File): Promise<T> {
  const content = await file.arrayBuffer()
  const answer = await fetch(place, {
    method: 'POST',
    credentials: 'same-origin',
    headers: { 'content-type': 'application/octet-stream' },
    body: content,
  }).catch(() => {
    throw new ProblemError(undefined)
  })
  const body: unknown = await answer.json().catch(() => null)
  if (!answer.ok) throw new ProblemError(body)
  // Safe: what the route answers.
  return body as T
}
