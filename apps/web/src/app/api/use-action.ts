import { readonly, ref, shallowRef } from 'vue'
import { type Problem, toProblem } from './problem.ts'

/** One change at a time, and what the server said when it refused. `run` gives null then, and while another one runs. */
export function useAction() {
  const isBusy = ref(false)
  const problem = shallowRef<Problem | null>(null)

  async function run<T>(act: () => Promise<T>): Promise<T | null> {
    if (isBusy.value) return null
    isBusy.value = true
    problem.value = null
    try {
      return await act()
    } catch (error) {
      problem.value = toProblem(error)
      return null
    } finally {
      isBusy.value = false
    }
  }

  return { isBusy: readonly(isBusy), problem, run, clear: () => (problem.value = null) }
}
