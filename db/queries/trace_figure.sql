-- title: Truy nguồn một số liệu
-- description: Từ mã số liệu đến câu văn, quy tắc nhận ra nó, bản tin, trang gốc và bản ghi trong kho lưu trữ. Dòng trên cùng là kết quả đang dùng.
-- param id: Mã số liệu (cột id của bảng Số liệu)
SELECT
  f.quote AS "Số liệu",
  f.unit AS "Đơn vị",
  f.subject AS "Nội dung",
  f.sentence AS "Câu văn",
  substr(b.text, f.start + 1, f.end - f.start) AS "Đọc lại tại vị trí",
  f.rule AS "Quy tắc",
  f.evidence AS "Căn cứ",
  (SELECT group_concat(CASE l.kind WHEN 'part_of' THEN 'thành phần của ' ELSE 'nói về ' END || t.quote || coalesce(' ' || t.unit, ''), '; ')
   FROM figure_links l JOIN figures t ON t.key = l.target_key WHERE l.figure_key = f.key) AS "Liên hệ",
  (SELECT group_concat(n.message, ' ')
   FROM finding_figures g JOIN findings n ON n.key = g.finding_key WHERE g.figure_key = f.key) AS "Kiểm tra số học",
  b.title AS "Bản tin",
  b.published AS "Ngày đăng",
  b.url AS "Địa chỉ",
  k.time AS "Chụp lúc (UTC)",
  k.sha256 AS "SHA-256 của trang",
  k.segment AS "Tệp lưu trữ",
  k.offset AS "Vị trí bản ghi",
  f.run_id AS "Lượt chạy",
  CASE WHEN c.document_id IS NULL THEN 'kết quả cũ' ELSE 'đang dùng' END AS "Tình trạng"
FROM figures f
JOIN bulletins b ON b.id = f.bulletin_id
JOIN captures k ON k.id = b.capture_id
LEFT JOIN current_runs c ON c.bulletin_id = f.bulletin_id AND c.run_id = f.run_id
WHERE f.id = :id
ORDER BY c.document_id IS NULL, f.run_id DESC
