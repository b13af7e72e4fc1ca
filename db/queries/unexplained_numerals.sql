-- title: Chữ số chưa giải thích được
-- description: Những chữ số mà chương trình không nhận là số liệu và cũng không có lý do loại ra. Nên xem để biết số liệu nào có thể bị sót.
-- param source: Mã nguồn; để trống là mọi nguồn
SELECT
  quote AS "Chữ số",
  context AS "Đoạn văn",
  title AS "Bản tin",
  published AS "Ngày đăng",
  source_name AS "Cổng thông tin",
  url AS "Địa chỉ"
FROM unexplained
WHERE :source = '' OR source = :source
ORDER BY published DESC, bulletin_id, start
LIMIT 500
