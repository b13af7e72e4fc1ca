-- title: Một chỉ tiêu theo quý, bên cạnh kế hoạch
-- description: Giá trị của một chỉ tiêu ở một địa bàn vào cuối mỗi quý (số thời kỳ là lũy kế từ đầu năm), kế hoạch của năm đó và tỷ lệ đạt. Trước và từ ngày 01/7/2025 là hai chuỗi khác nhau.
-- param indicator: Mã chỉ tiêu, ví dụ: dan_van_kheo (để trống cũng là mã này)
-- param area: Mã địa bàn, ví dụ: 99.quan-hai-linh; để trống là mọi địa bàn
-- chart: g.mark=bar&g.x_column=Quý&g.x_type=nominal&g.y_column=Giá trị&g.y_type=quantitative
WITH done AS (
  SELECT o.*, (CAST(substr(o.period_end, 6, 2) AS INTEGER) + 2) / 3 AS quarter, substr(o.period_end, 1, 4) AS year
  FROM observations o
  WHERE o.indicator = coalesce(nullif(:indicator, ''), 'dan_van_kheo')
    AND (coalesce(:area, '') = '' OR o.ref_area = :area)
    AND o.scope = '' AND o.detail = '' AND o.obs_status IN ('A', 'E')
    AND substr(o.period_end, 6) IN ('03-31', '06-30', '09-30', '12-31')
    AND (o.period_start = o.period_end OR substr(o.period_start, 6) = '01-01')
), plan AS (
  SELECT d.id AS done, q.obs_value, q.obs_status, row_number() OVER (
    PARTITION BY d.id ORDER BY q.document_id <> d.document_id OR q.period_end <> d.period_end,
      abs(julianday(q.period_end) - julianday(d.period_end)), q.obs_status) AS rank
  FROM done d JOIN observations q
    ON q.indicator = d.indicator AND q.ref_area = d.ref_area AND q.scope = '' AND q.detail = '' AND q.era = d.era
    AND q.comparable_since IS d.comparable_since
    AND q.unit_measure = d.unit_measure AND q.obs_status IN ('F', 'I') AND substr(q.period_end, 1, 4) = d.year
)
SELECT
  d.year || '-Q' || d.quarter AS "Quý",
  d.ref_area AS "Địa bàn",
  d.indicator_name AS "Chỉ tiêu",
  d.obs_value AS "Giá trị",
  p.obs_value AS "Kế hoạch",
  round(100.0 * d.obs_value / p.obs_value, 1) AS "Tỷ lệ đạt (%)",
  CASE p.obs_status WHEN 'F' THEN 'bản tin nêu' WHEN 'I' THEN 'suy ra từ tỷ lệ đạt' END AS "Nguồn kế hoạch",
  d.unit_measure AS "Đơn vị",
  d.comparability AS "Lưu ý khi so sánh",
  CASE d.correction WHEN 'corrected' THEN 'đã sửa theo đính chính' END AS "Đính chính",
  (SELECT f.sentence FROM observation_mentions m JOIN figures f ON f.id = m.figure_id AND f.bulletin_id = m.bulletin_id
   WHERE m.observation_id = d.id AND m.agrees = 1 ORDER BY m.start LIMIT 1) AS "Câu văn",
  d.title AS "Bản tin",
  d.url AS "Địa chỉ"
FROM done d
LEFT JOIN plan p ON p.done = d.id AND p.rank = 1
ORDER BY d.ref_area, d.period_end
LIMIT 500
