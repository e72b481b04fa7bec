// SPDX-License-Identifier: Apache-2.0
// What a new office still needs: steps that modules declare (GET /api/setup), for those who may do one of them.
import { computed, reactive } from 'vue'
import { ApiFault, get, readView } from './api.js'
import { commandOf, recordOf, viewOfRecord } from './registry.js'
import { isOutside, mayRun, session } from './session.js'
import { businessDay } from './values.js'

export const setup = reactive({ steps: null, fault: null })

export async function loadSetup() {
  setup.fault = null
  try {
    setup.steps = isOutside() ? [] : (await get('/api/setup')).steps
  } catch (e) {
    if (!(e instanceof ApiFault)) throw e
    setup.fault = e
  }
}
export function forgetSetup() {
  setup.steps = null
}
export const isMine = (step) => Boolean(step.command) && mayRun(step.command)
export const missing = computed(() => (setup.steps ?? []).filter((s) => !s.done))
/** The first step that is missing and one's own. */
export const nextStep = computed(() => missing.value.find(isMine) ?? null)

/** The only row a field may refer to, or nothing: two are a choice. */
async function onlyRow(field) {
  const list = viewOfRecord(field.references)
  if (!list) return undefined
  const { rows } = await readView(list, { limit: 2 })
  return rows.length === 1 ? rows[0].id : undefined
}

/** Values that stand in the form before anybody types: what the step offers, with its words filled in. */
export async function offersOf(step, pairs = step.offers) {
  const fields = recordOf(commandOf(step.command)?.input)?.fields ?? []
  const out = {}
  for (const [name, text] of Object.entries(pairs ?? {})) {
    const field = fields.find((f) => f.name === name)
    if (!field) continue
    const value = text === '{only}' ? await onlyRow(field) : text.replace('{today}', businessDay()).replace('{office_name}', session.me.office_name)
    if (value !== undefined) out[name] = value
  }
  return out
}
