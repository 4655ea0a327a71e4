/** Enough to read a log book on it. */
const LONG_SIDE = 2_560
const QUALITY = 0.85
/** A photo that is small already stays as it is. */
const SMALL_BYTES = 1_500_000

function scaleOf({ height, width }: ImageBitmap): number {
  return Math.min(1, LONG_SIDE / Math.max(width, height))
}

async function redraw(picture: ImageBitmap): Promise<Blob | null> {
  const scale = scaleOf(picture)
  const canvas = document.createElement('canvas')
  canvas.width = Math.round(picture.width * scale)
  canvas.height = Math.round(picture.height * scale)
  canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height)
  return await new Promise((resolve) => canvas.toBlob(resolve, 'image/jpeg', QUALITY))
}

/** As a JPEG with a long side of 2,560 px at the most, where the browser can and where that is smaller; else as it came. */
export async function shrinkPhoto(photo: Blob): Promise<Blob> {
  if (typeof createImageBitmap !== 'function') return photo
  let picture: ImageBitmap
  try {
    picture = await createImageBitmap(photo)
  } catch {
    // Its first bytes are a photo's; what the browser cannot draw, the office may.
    return photo
  }
  try {
    if (scaleOf(picture) === 1 && photo.size <= SMALL_BYTES) return photo
    const made = await redraw(picture)
    return made !== null && made.size < photo.size ? made : photo
  } finally {
    picture.close()
  }
}
