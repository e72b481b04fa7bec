// SPDX-License-Identifier: Apache-2.0
// A year of days as a page shows it. Days are texts "2026-11-27"; no zone of the reader's machine enters.
const pad = (n) => String(n).padStart(2, '0')
const utc = (day) => new Date(`${day}T00:00:00Z`)

/** 0 Sunday to 6 Saturday. */
export const weekdayOf = (day) => utc(day).getUTCDay()

export function daysOfYear(year) {
  const days = []
  for (let at = Date.UTC(year, 0, 1); new Date(at).getUTCFullYear() === year; at += 86400000) {
    const d = new Date(at)
    days.push(`${d.getUTCFullYear()}-${pad(d.getUTCMonth() + 1)}-${pad(d.getUTCDate())}`)
  }
  return days
}

/** What a day is: by the table where it says something, else by its weekday. */
export function dayOf(day, row) {
  const weekend = [0, 6].includes(weekdayOf(day))
  const kind = row && row.kind !== 'ordinary' ? row.kind : weekend ? 'weekend' : 'plain'
  return { day, number: Number(day.slice(8)), kind, works: kind === 'worked' || kind === 'plain', name: row?.name ?? '' }
}

/** Twelve months, weeks from Monday; empty cells before the first day are null. */
export function monthsOf(year, rows) {
  const known = new Map(rows.map((r) => [r.day, r]))
  const months = Array.from({ length: 12 }, (_, i) => ({ month: i + 1, days: [], works: 0 }))
  for (const day of daysOfYear(year)) {
    const month = months[Number(day.slice(5, 7)) - 1]
    const made = dayOf(day, known.get(day))
    month.days.push(made)
    month.works += made.works ? 1 : 0
  }
  for (const m of months) {
    m.lead = (weekdayOf(m.days[0].day) + 6) % 7
  }
  return months
}
