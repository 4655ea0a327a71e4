/** Quarters taken together where there are few checks, up to the one asked about. */
export const QUALITY_WINDOWS = [1, 4, 8] as const
