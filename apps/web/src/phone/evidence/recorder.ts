/** Browsers record what they like; these the office can play. */
const TYPES = ['audio/mp4', 'audio/webm;codecs=opus', 'audio/ogg;codecs=opus'] as const
/** A spoken note, not a conversation. */
export const LONGEST_NOTE_MS = 180_000

export interface Recorder {
  /** The recording; ends the microphone. */
  stop(): Promise<Blob>
}

/** A page from plain HTTP has no microphone, an old browser no recorder. */
export function canRecord(): boolean {
  return typeof MediaRecorder === 'function' && navigator.mediaDevices?.getUserMedia !== undefined
}

/** Rejects when the microphone is refused. `onEnd`: the time for a note is over, and it was stopped. */
export async function startRecorder(onEnd: (note: Blob) => void): Promise<Recorder> {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true })
  const mimeType = TYPES.find((type) => MediaRecorder.isTypeSupported(type))
  const recorder = new MediaRecorder(stream, mimeType === undefined ? {} : { mimeType })
  const parts: Blob[] = []
  recorder.addEventListener('dataavailable', ({ data }) => parts.push(data))
  const ended = new Promise<Blob>((resolve) => {
    recorder.addEventListener('stop', () => {
      for (const track of stream.getTracks()) track.stop()
      resolve(new Blob(parts, { type: recorder.mimeType }))
    })
  })
  recorder.start()
  const limit = setTimeout(() => {
    if (recorder.state !== 'inactive') recorder.stop()
    void ended.then(onEnd)
  }, LONGEST_NOTE_MS)
  return {
    stop: () => {
      clearTimeout(limit)
      if (recorder.state !== 'inactive') recorder.stop()
      return ended
    },
  }
}
