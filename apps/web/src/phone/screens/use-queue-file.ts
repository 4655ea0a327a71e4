import { toLocalIso } from '@zhidu/domain'
import { exportQueue, importQueue } from '@zhidu/outbox'
import { shallowRef } from 'vue'
import { useI18n } from 'vue-i18n'
import { usePhone } from '../core/phone.ts'

/** The queue as a file: the last resort of a phone that finds no network, and its way in on the office's computer. */
export function useQueueFile() {
  const { t } = useI18n()
  const phone = usePhone()
  const said = shallowRef<string | null>(null)

  async function exportFile(): Promise<void> {
    const { account } = phone.state
    if (account === null) return
    const now = (): number => phone.ports.clock.now().wallMs
    const lines: string[] = []
    for await (const line of exportQueue(phone.ports.store, { account: account.accountId, now })) lines.push(line)
    const address = URL.createObjectURL(new Blob(lines, { type: 'application/jsonl' }))
    const link = document.createElement('a')
    link.href = address
    link.download = `${t('phone.queue.fileName')}_${toLocalIso(now()).slice(0, 16).replace(/[-:T]/g, '')}.jsonl`
    link.click()
    setTimeout(() => URL.revokeObjectURL(address), 60_000)
    said.value = t('phone.queue.exported', { n: phone.state.waiting.length })
  }

  async function importFile(file: Blob): Promise<void> {
    const { account } = phone.state
    if (account === null) return
    const { hashBytes, store } = phone.ports
    const result = await importQueue(store, { account: account.accountId, text: await file.text(), hashBytes })
    said.value =
      result.kind === 'taken'
        ? t('phone.queue.imported', { taken: result.taken, known: result.known })
        : t(`phone.queue.importProblem.${result.problem}`)
    await phone.refresh()
    await phone.sync(true)
  }

  return { exportFile, importFile, said }
}
