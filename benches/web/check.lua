-- A verdict on a message of about 1,000 characters; company and phone change with each request.
local message = [[Assalamualaikum, info loker resmi dari PT %s. Dibutuhkan segera perawat lansia untuk Jepang, penempatan Osaka, kontrak 36 bulan, gaji 198.000 yen per bulan belum termasuk lembur. Syarat: usia 18 sampai 35 tahun, pendidikan minimal SMA, bersedia belajar bahasa Jepang dua bulan di asrama. Fasilitas: asrama, asuransi, tiket pergi, makan siang, cuti tahunan. Biaya proses 7.500.000 bisa dicicil, transfer DP 2.000.000 ke rekening BCA 0000 %d a.n. petugas kami, sisanya dipotong gaji. Visa turis dulu, nanti diurus di sana. Kuota terbatas hanya 20 orang, berangkat bulan depan! Dokumen: KTP, KK, ijazah, akta lahir, surat izin keluarga, paspor (bisa dibantu). Daftar lewat https://daftar-kerja-%d.example/form atau hubungi Kak Rangga 0812-0000-%04d (WA saja). Jangan sampai ketinggalan, sudah banyak yang berangkat. Untuk yang serius saja, terima kasih. Bagikan pesan ini ke grup keluarga dan tetangga supaya rezeki kita sama-sama lancar, amin.]]
local first = {"Sauh", "Layar", "Haluan", "Buritan", "Kemudi", "Dermaga", "Muara", "Selat", "Lentera", "Pelita", "Tanjung", "Teluk"}
local second = {"Senja", "Fajar", "Purnama", "Jingga", "Biru", "Kencana", "Timur", "Selatan", "Pagi"}
local third = {"Perkasa", "Sentosa", "Mandiri", "Abadi", "Bersama", "Sejahtera", "Karya"}
local n = 0
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
request = function()
  n = n + 1
  local name = first[n % #first + 1] .. " " .. second[n % #second + 1] .. " " .. third[n % #third + 1]
  local text = string.format(message, name, 100000 + n % 899999, n % 997, n % 10000)
  return wrk.format(nil, nil, nil, '{"text":"' .. text .. '"}')
end
done = function(summary, latency)
  io.write(string.format("RESULT %.0f %.2f %.2f %d\n", summary.requests / summary.duration * 1e6, latency:percentile(50) / 1000, latency:percentile(99) / 1000,
    summary.errors.status + summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout))
end
