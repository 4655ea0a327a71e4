import { type Catalogue, mergeCatalogues } from './merge-catalogues.ts'

export const messages = mergeCatalogues(
  import.meta.glob<Catalogue>(['../../**/locales/zh-CN.json', '!../../phone/**'], { eager: true, import: 'default' }),
)
