// By itself: the process that reads must not load what only writing needs.
export { isDateFormat } from 'hucre'
