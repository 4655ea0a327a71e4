import { PassThrough, Readable } from 'node:stream'

/** A stream of Node as a response takes it. */
export function toWebStream(readable: Readable): ReadableStream<Uint8Array> {
  // Safe: the two declarations of the same stream differ in name only.
  return Readable.toWeb(readable) as unknown as ReadableStream<Uint8Array>
}

/** What `write` puts into its sink, to be read; a failure of `write` breaks the stream, one that is given up ends `write`. */
export function streamOf(write: (sink: NodeJS.WritableStream) => Promise<unknown>): ReadableStream<Uint8Array> {
  const through = new PassThrough()
  write(through).catch((error: unknown) => {
    through.destroy(error instanceof Error ? error : new Error(String(error)))
  })
  return toWebStream(through)
}
