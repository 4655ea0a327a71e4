import { flushPromises } from '@vue/test-utils'
import { defineComponent, h, ref } from 'vue'
import { expect, it } from 'vitest'
import { useQuery } from '@pinia/colada'
import { mountApp } from '../../testing/mount-app.ts'

/** Answers as a browser does: broken off, it is an error of the network. */
const Page = defineComponent({
  props: { ask: { type: Function, required: true } },
  setup: (props) => {
    const { data, error } = useQuery({
      key: ['left'],
      query: ({ signal }): Promise<string> => props['ask'](signal) as Promise<string>,
    })
    return () => h('p', error.value === null ? (data.value ?? 'waiting') : 'unreachable')
  },
})

it('shows nothing of a question that was left before its answer, and asks it anew', async () => {
  const isShown = ref(true)
  const answers: ((text: string) => void)[] = []
  const ask = (signal: AbortSignal): Promise<string> =>
    new Promise((resolve, reject) => {
      answers.push(resolve)
      signal.addEventListener('abort', () => reject(new TypeError('Failed to fetch')))
    })
  const { wrapper } = await mountApp(defineComponent(() => () => (isShown.value ? h(Page, { ask }) : h('i'))))
  isShown.value = false
  await flushPromises()
  isShown.value = true
  await flushPromises()
  expect(wrapper.text()).toBe('waiting')
  answers[1]?.('here')
  await flushPromises()
  expect(wrapper.text()).toBe('here')
})
