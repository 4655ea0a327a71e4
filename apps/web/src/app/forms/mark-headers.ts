import { nextTick } from 'vue'

/** Element Plus heads its dialogs with `header`, which outside of a page's content would be a banner of the whole page. */
export async function markHeaders(): Promise<void> {
  await nextTick()
  for (const header of document.querySelectorAll('.el-dialog__header, .el-drawer__header')) {
    header.setAttribute('role', 'presentation')
  }
}
