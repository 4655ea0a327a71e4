import { useI18n } from 'vue-i18n'
import { useFormat } from '../../ui/use-format.ts'
import type { ImportStage } from './import-stage.ts'

/** The page's first sentence: where the file stands, and what became of the data. */
export function useImportHeadline(): (stage: ImportStage) => string {
  const { t } = useI18n({ useScope: 'global' })
  const f = useFormat()

  return (stage) => {
    switch (stage.kind) {
      case 'choose':
      case 'opening':
        return t('imports.headline.choose')
      case 'uploading':
        return t('imports.headline.working', { file: stage.upload.fileName })
      case 'upload_failed':
        return t('imports.headline.refused', { file: stage.fileName })
      case 'working':
        return t(stage.job.phase === 'writing' ? 'imports.headline.writing' : 'imports.headline.working', {
          file: stage.job.fileName,
        })
      case 'preview': {
        const { fileName: file, result } = stage.job
        if (result === null || result.rows === 0) return t('imports.headline.empty', { file })
        if (result.rejected > 0) {
          return t('imports.headline.errors', {
            file,
            bad: f.count(result.rejected),
            good: f.count(result.rows - result.rejected),
          })
        }
        const key = result.created + result.updated === 0 ? 'imports.headline.same' : 'imports.headline.clean'
        return t(key, { file, n: f.count(result.rows) })
      }
      case 'done': {
        const { result } = stage.job
        const words = {
          created: f.count(result?.created ?? 0),
          updated: f.count(result?.updated ?? 0),
          unchanged: f.count(result?.unchanged ?? 0),
          rejected: f.count(result?.rejected ?? 0),
        }
        return t((result?.rejected ?? 0) > 0 ? 'imports.headline.donePart' : 'imports.headline.done', words)
      }
      case 'refused':
      case 'failed':
        return t(`imports.headline.${stage.kind}`, { file: stage.job.fileName })
      case 'cancelled':
      case 'gone':
      case 'unreachable':
        return t(`imports.headline.${stage.kind}`)
    }
  }
}
