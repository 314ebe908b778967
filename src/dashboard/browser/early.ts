// Runs before anything is drawn: whoever wants a theme never sees the other one flash up.
const dark = matchMedia('(prefers-color-scheme: dark)').matches;
document.documentElement.dataset.theme = localStorage.getItem('crm-theme') ?? (dark ? 'dark' : 'light');
