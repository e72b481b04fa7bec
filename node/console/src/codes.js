// SPDX-License-Identifier: Apache-2.0
/** Declared code sets with the codes that are rows, which an office has loaded; sets stay in the order of their codes. */
export function codesWithRows(declared, rows) {
  const codes = Object.fromEntries(Object.entries(declared ?? {}).map(([set, values]) => [set, [...values]]))
  for (const row of rows) {
    const set = (codes[row.code_set] ??= [])
    if (!set.some((c) => c.code === row.code)) set.push({ code: row.code, label: row.name })
  }
  return codes
}
