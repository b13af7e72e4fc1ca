-- title: Chỉ tiêu đạt thấp so với kế hoạch
-- description: Các tỷ lệ phần trăm so với kế hoạch, dự toán, chỉ tiêu thấp hơn ngưỡng, thấp nhất đứng đầu. Để trống ngưỡng là 90.
-- param threshold: Ngưỡng phần trăm, ví dụ: 90
-- chart: g.mark=bar&g.x_column=Nội dung&g.x_type=nominal&g.y_column=Phần trăm&g.y_type=quantitative
SELECT
  v.value AS "Phần trăm",
  v.subject AS "Nội dung",
  v.about AS "Số đã đạt",
  v.scope AS "Phạm vi",
  v.period_start AS "Từ ngày",
  v.period_end AS "Đến ngày",
  v.source_name AS "Cổng thông tin",
  v.sentence AS "Câu văn",
  v.title AS "Bản tin",
  v.published AS "Ngày đăng",
  v.url AS "Địa chỉ",
  v.id AS "Mã số liệu"
FROM figures_full v
WHERE v.kind = 'percent'
  AND v.relation = 'relative'
  AND v.basis = 'plan'
  AND v.status <> 'planned'
  AND v.value < CAST(coalesce(nullif(replace(:threshold, ',', '.'), ''), '90') AS REAL)
ORDER BY v.value, v.published DESC
LIMIT 500
