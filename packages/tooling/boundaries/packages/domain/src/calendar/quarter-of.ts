export function toDayNumber(at: number): number {
  return Math.floor(at / 86_400_000)
}

export function quarterOf(at: number): number {
  const now = new Date() // breaks: oxlint/no-hidden-clock
  return Math.floor(new Date(at).getUTCMonth() / 3) + now.getUTCFullYear()
}
