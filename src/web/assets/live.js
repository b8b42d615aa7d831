// Tells an officer that a list has changed, without moving anything: a hidden notice with data-live="/stream" appears.
// When streams are blocked it asks data-live-state every 30 s and compares the answer.
const notice = document.querySelector('[data-live]');
if (notice) {
  const show = () => { notice.hidden = false; };
  const ask = async () => {
    try {
      const now = await (await fetch(notice.dataset.liveState, {headers: {accept: 'text/plain'}})).text();
      if (notice.dataset.liveNow && notice.dataset.liveNow !== now) show();
      notice.dataset.liveNow ||= now;
    } catch { /* asked again */ }
  };
  let asking;
  const fallback = () => { asking ||= setInterval(ask, 30000); };
  ask();
  if (window.EventSource) {
    const stream = new EventSource(notice.dataset.live);
    stream.addEventListener('changed', show);
    stream.onerror = () => { if (stream.readyState === 2) fallback(); };
  } else fallback();
}
