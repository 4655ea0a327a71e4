/** What a case that a lead became says of where it comes from; the unit reads it, so it names nobody. */
export function omittedNote(about: {
  readonly note: string
  readonly inquiryCode: string | null
  readonly place: string | null
}): string {
  const { inquiryCode, note, place } = about
  const where = place === null ? '' : `，地点：${place}`
  const asked = inquiryCode === null ? '' : `，核查通知 ${inquiryCode}`
  return `${note}（据信息线索核查${where}${asked}）`
}
