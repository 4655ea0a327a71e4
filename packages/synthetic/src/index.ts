export * from './city/make-city.ts'
export { BUREAU_GROUP, CITY_CODE, CITY_GROUP, COUNTY_GROUP } from './city/profile.ts'
export type { UnitTruth } from './city/truth.ts'
export * from './province/make-province.ts'
