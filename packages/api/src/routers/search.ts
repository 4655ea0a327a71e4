import { SearchInput, SearchResult } from '@zhidu/contract'
import { searchAll } from '@zhidu/services'
import { procedureFor, router } from '../trpc.ts'

export const searchRouter = router({
  find: procedureFor('facts.read')
    .input(SearchInput)
    .output(SearchResult)
    .query(({ ctx, input }) => searchAll(ctx.service, input)),
})
