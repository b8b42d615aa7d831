// Reads a QR code with the camera, only where the browser has a reader of its own. Loaded when the button is tapped;
// without it the photo form beside it does the same work on the server.
export async function scan(button) {
  const form = button.closest('form');
  const view = form.querySelector('[data-scan-view]');
  const video = view.querySelector('video');
  const stop = view.querySelector('[data-scan-stop]');
  const box = document.querySelector('textarea[name=t]');
  let stream;
  let going = true;
  const end = () => {
    going = false;
    stream?.getTracks().forEach((t) => t.stop());
    video.srcObject = null;
    view.hidden = true;
    button.hidden = false;
    button.focus();
  };
  try {
    stream = await navigator.mediaDevices.getUserMedia({video: {facingMode: 'environment'}});
  } catch {
    button.hidden = true; // no camera or no leave: the photo form stays
    form.querySelector('input[type=file]').focus();
    return;
  }
  video.srcObject = stream;
  view.hidden = false;
  button.hidden = true;
  stop.onclick = end;
  await video.play();
  const reader = new BarcodeDetector({formats: ['qr_code']});
  while (going) {
    const [found] = await reader.detect(video).catch(() => []);
    if (found && going) {
      end();
      // Our own posters hold our address: only the code behind /v/ is sent. Other addresses are checked, never opened.
      const own = location.origin + '/v/';
      box.value = found.rawValue.startsWith(own) ? found.rawValue.slice(own.length) : found.rawValue;
      box.form.requestSubmit();
      return;
    }
    await new Promise((next) => setTimeout(next, 150));
  }
}
