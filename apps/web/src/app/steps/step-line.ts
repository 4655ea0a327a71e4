/** A step as it was taken, in words. */
export interface StepLine {
  readonly name: string
  /** ISO 8601. */
  readonly at: string
  readonly who: string
  /** What it set. */
  readonly lines: readonly string[]
  /** Pages of what it led to. */
  readonly links?: readonly { readonly to: string; readonly name: string }[]
  /** As somebody wrote it; null = nothing. */
  readonly note: string | null
  readonly files: readonly { readonly href: string; readonly name: string }[]
}
