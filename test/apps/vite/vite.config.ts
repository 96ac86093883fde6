import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

// https://vite.dev/config/
export default defineConfig({
  plugins: [react()],
  server: {
    proxy: { '/api/coviu': process.env.BACK_END ?? '' },
  },
  build: {
    // The page of the template, the page of the template of Vite 7, and one without a sheet.
    rolldownOptions: { input: ['index.html', 'vite7.html', 'bare.html'] },
  },
})
