// Citizens' pages work without this. It keeps typed words on this phone, shares, groups digits, makes photos small
// enough for a slow line and says when there is no internet.
const en = document.documentElement.lang === 'en';
const say = (id, english) => (en ? english : id);
const $$ = (selector) => [...document.querySelectorAll(selector)];

document.getElementById('errors')?.focus();

// Share sheet of the phone; without one the link itself opens WhatsApp.
if (navigator.share)
  $$('[data-share]').forEach((a) => a.addEventListener('click', (e) => {
    e.preventDefault();
    navigator.share({text: a.dataset.share, url: a.dataset.shareUrl || location.href.split('?')[0]}).catch(() => {});
  }));

// Read aloud, only where the phone has a voice for the language.
const speech = window.speechSynthesis;
if (speech) {
  const offer = () => {
    const voice = speech.getVoices().find((v) => v.lang.toLowerCase().startsWith(en ? 'en' : 'id'));
    if (!voice) return;
    $$('[data-speak]').forEach((b) => {
      b.hidden = false;
      b.onclick = () => {
        speech.cancel();
        const words = new SpeechSynthesisUtterance($$(b.dataset.speak).map((part) => part.innerText).join('\n'));
        words.voice = voice;
        words.lang = voice.lang;
        speech.speak(words);
      };
    });
  };
  offer();
  speech.addEventListener?.('voiceschanged', offer);
}

// Drafts stay on this phone until the form is sent. Passwords and codes never do.
$$('form[data-keep]').forEach((form) => {
  const key = 'draft:' + form.dataset.keep;
  const boxes = () => [...form.elements].filter((b) => b.name && b.name !== 'csrf' && !/password|file|hidden|submit/.test(b.type) && b.autocomplete !== 'one-time-code');
  try {
    const kept = JSON.parse(localStorage.getItem(key) || '{}');
    boxes().forEach((b) => {
      if (!(b.name in kept)) return;
      if (b.type === 'radio' || b.type === 'checkbox') b.checked ||= kept[b.name] === b.value;
      else if (!b.value) b.value = kept[b.name];
    });
    form.addEventListener('input', () => {
      const now = {};
      boxes().forEach((b) => { if (!/radio|checkbox/.test(b.type) || b.checked) now[b.name] = b.value; });
      localStorage.setItem(key, JSON.stringify(now));
    });
    form.addEventListener('submit', () => navigator.onLine && localStorage.removeItem(key));
  } catch { /* private window: nothing is kept */ }
});

// The QR reader is fetched when its button is tapped, and only where the browser can read QR codes by itself.
const scanner = document.querySelector('[data-scan]');
if (scanner && 'BarcodeDetector' in window && navigator.mediaDevices?.getUserMedia) {
  scanner.hidden = false;
  scanner.onclick = async () => (await import(scanner.dataset.scan)).scan(scanner);
}

// NIK in groups of four when the person leaves the field; never while typing.
$$('[data-group]').forEach((box) => box.addEventListener('blur', () => {
  const digits = box.value.replace(/\D/g, '');
  if (digits) box.value = digits.match(new RegExp('.{1,' + box.dataset.group + '}', 'g')).join(' ');
}));

// A photo of 4 MB becomes about 250 KB before it leaves the phone.
$$('input[type=file]').forEach((box) => box.addEventListener('change', async () => {
  const photo = box.files[0];
  if (!photo || !/^image\/(jpeg|png|webp)$/.test(photo.type) || photo.size < 400000 || !window.createImageBitmap || box.dataset.whole) return;
  try {
    const image = await createImageBitmap(photo);
    const scale = Math.min(1, 1600 / Math.max(image.width, image.height));
    const canvas = Object.assign(document.createElement('canvas'), {width: image.width * scale, height: image.height * scale});
    canvas.getContext('2d').drawImage(image, 0, 0, canvas.width, canvas.height);
    const small = await new Promise((done) => canvas.toBlob(done, 'image/jpeg', 0.7));
    if (!small || small.size >= photo.size) return;
    const list = new DataTransfer();
    list.items.add(new File([small], photo.name.replace(/\.\w+$/, '') + '.jpg', {type: 'image/jpeg'}));
    box.files = list.files;
  } catch { /* the server takes the photo as it is */ }
}));

// One sending at a time; after 400 ms a word says that it is on its way.
addEventListener('submit', (e) => {
  const button = e.submitter;
  if (e.target.dataset.sent) { e.preventDefault(); return; }
  e.target.dataset.sent = 1;
  const label = button?.innerHTML;
  const timer = setTimeout(() => {
    if (!button) return;
    button.style.minWidth = button.offsetWidth + 'px';
    button.textContent = say('Mengirim…', 'Sending…');
  }, 400);
  const back = () => { clearTimeout(timer); delete e.target.dataset.sent; if (button) button.innerHTML = label; };
  addEventListener('pageshow', back, {once: true});
  setTimeout(back, 15000);
});

const line = Object.assign(document.createElement('p'), {className: 'offline', hidden: navigator.onLine, textContent: say('Tidak ada internet. Isian tersimpan di HP ini.', 'No internet. What you typed is kept on this phone.')});
line.setAttribute('role', 'status');
document.body.prepend(line);
addEventListener('online', () => { line.hidden = true; });
addEventListener('offline', () => { line.hidden = false; });
