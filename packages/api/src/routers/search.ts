import { SearchInput, SearchResult } from '@zhidu/contract'
import { searchAll } from '@zhidu/services'
import { procedure, router } from '../trpc.ts'

export const searchRouter = router({
  find: procedure
    .input(SearchInput)
    .output(SearchResult)
    .query(({ ctx, input }) => searchAll(ctx.options.service, input)),
})
