import { z } from 'zod'

export const SearchInput = z.strictObject({ text: z.string().trim().min(1).max(100) })
export const SearchHit = z.object({
  kind: z.enum(['unit', 'event', 'check']),
  code: z.string(),
  label: z.string(),
  unitName: z.string().nullable(),
})
/** Twenty hits at the most, units first. */
export const SearchResult = z.object({ hits: z.array(SearchHit) })
export type SearchResult = z.infer<typeof SearchResult>
