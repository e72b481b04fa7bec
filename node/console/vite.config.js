// SPDX-License-Identifier: Apache-2.0
// Why: one build for every node. Pages of modules lie outside this folder, so what they import is resolved from here.
import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'

const here = (path) => fileURLToPath(new URL(path, import.meta.url))

export default defineConfig({
  base: './',
  plugins: [vue()],
  define: { __VUE_OPTIONS_API__: 'false', __VUE_PROD_DEVTOOLS__: 'false', __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false' },
  resolve: {
    alias: { '@console': here('./src/public.js') },
    dedupe: ['vue', 'element-plus', 'echarts'],
  },
  build: {
    target: 'chrome86',
    cssTarget: 'chrome86',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 900,
    rollupOptions: {
      output: {
        entryFileNames: 'assets/[name]-[hash].js',
        chunkFileNames: 'assets/[name]-[hash].js',
        assetFileNames: 'assets/[name]-[hash][extname]',
      },
    },
  },
  server: {
    fs: { allow: [here('../..')] },
    proxy: { '/api': process.env.FUNDNODE_URL ?? 'http://127.0.0.1:18080' },
  },
  test: { include: ['tests/**/*.test.js'], environment: 'node', setupFiles: ['tests/setup.js'] },
})
