-- title: Tìm số liệu
-- description: Tìm trong nội dung và câu văn của số liệu; gõ có dấu hay không dấu, chữ hoa hay chữ thường đều được. Đặt cụm từ trong ngoặc kép để tìm đúng cụm; thêm dấu * để tìm phần đầu của từ. Nhiều kết quả quá thì chỉ xét những số liệu được đọc gần đây nhất.
-- param q: Từ cần tìm, ví dụ: đối thoại
SELECT
  v.quote AS "Số liệu",
  v.unit AS "Đơn vị",
  v.subject AS "Nội dung",
  v.scope AS "Phạm vi",
  v.period_start AS "Từ ngày",
  v.period_end AS "Đến ngày",
  v.sentence AS "Câu văn",
  b.title AS "Bản tin",
  b.published AS "Ngày đăng",
  b.url AS "Địa chỉ",
  v.id AS "Mã số liệu"
FROM (SELECT t.rowid AS key FROM figures_fts t
  CROSS JOIN figures g ON g.key = t.rowid
  CROSS JOIN current_runs c ON c.bulletin_id = g.bulletin_id AND c.run_id = g.run_id
  WHERE figures_fts MATCH match_expression(:q) ORDER BY t.rowid DESC LIMIT 2000) hit
CROSS JOIN figures v ON v.key = hit.key
CROSS JOIN bulletins b ON b.id = v.bulletin_id
ORDER BY b.published DESC, v.start
LIMIT 500
