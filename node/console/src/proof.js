// SPDX-License-Identifier: Apache-2.0
// The second authentication (14.4.5): asked by a dialog of the shell, bound to one command and one input.
import { reactive } from 'vue'

export const proofRequest = reactive({ open: false, command: '', input: null, answer: null })

/** The proof, or null when the person leaves the dialog. */
export function askProof(command, input) {
  return new Promise((resolve) => {
    proofRequest.command = command
    proofRequest.input = input
    proofRequest.answer = (proof) => {
      proofRequest.open = false
      proofRequest.answer = null
      resolve(proof)
    }
    proofRequest.open = true
  })
}
