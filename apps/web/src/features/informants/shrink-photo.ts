/** Longest side in px, and how well it is kept. */
const SIDE = 1_280
const QUALITIES = [0.75, 0.5, 0.3] as const
const MOST_BYTES = 690_000

function draw(picture: HTMLImageElement): HTMLCanvasElement {
  const scale = Math.min(1, SIDE / Math.max(picture.naturalWidth, picture.naturalHeight))
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(picture.naturalWidth * scale))
  canvas.height = Math.max(1, Math.round(picture.naturalHeight * scale))
  canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height)
  return canvas
}

/** A photo as a JPEG that a request can bear, base64; where it was taken does not come along. null = it cannot be read. */
export async function shrinkPhoto(file: Blob): Promise<string | null> {
  const url = URL.createObjectURL(file)
  try {
    const picture = new Image()
    picture.src = url
    await picture.decode()
    const canvas = draw(picture)
    for (const quality of QUALITIES) {
      const base64 = canvas.toDataURL('image/jpeg', quality).replace(/^data:image\/jpeg;base64,/, '')
      if ((base64.length / 4) * 3 <= MOST_BYTES) return base64
    }
    return null
  } catch {
    return null
  } finally {
    URL.revokeObjectURL(url)
  }
}
