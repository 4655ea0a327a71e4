export const XLSX_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
export const DOCX_TYPE = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
export const CSV_TYPE = 'text/csv; charset=utf-8'

/** Headers of a download; `fileName` may be Chinese (RFC 6266, RFC 8187). */
export function downloadHeaders(fileName: string, type: string): Record<string, string> {
  const ascii = fileName.replace(/[^\w.-]+/g, '_')
  return {
    'content-type': type,
    'content-disposition': `attachment; filename="${ascii}"; filename*=UTF-8''${encodeURIComponent(fileName)}`,
    'cache-control': 'no-store',
  }
}
