-- title: So sánh các địa bàn
-- description: Một chỉ tiêu ở mọi địa bàn trong cùng một kỳ, cao nhất đứng đầu. Để trống kỳ là kỳ gần nhất có nhiều địa bàn nhất.
-- param indicator: Mã chỉ tiêu, ví dụ: doi_thoai (để trống cũng là mã này)
-- param period: Kỳ số liệu, ví dụ: 2024-S1; để trống là kỳ có nhiều địa bàn nhất
-- chart: g.mark=bar&g.x_column=Địa bàn&g.x_type=nominal&g.y_column=Giá trị&g.y_type=quantitative
WITH days AS MATERIALIZED (
  SELECT DISTINCT period_end FROM observations_history
  WHERE indicator = coalesce(nullif(:indicator, ''), 'doi_thoai') ORDER BY period_end DESC LIMIT 40
), wanted AS MATERIALIZED (
  SELECT coalesce(nullif(:period, ''), (SELECT o.time_period FROM days d CROSS JOIN observations_history o
    ON o.indicator = coalesce(nullif(:indicator, ''), 'doi_thoai') AND o.period_end = d.period_end
    WHERE o.valid_to IS NULL AND o.scope = '' AND o.detail = '' AND o.obs_status IN ('A', 'E')
    GROUP BY o.time_period ORDER BY count(DISTINCT o.ref_area) DESC, max(o.period_end) DESC LIMIT 1)) AS period
), shown AS MATERIALIZED (
  SELECT o.* FROM wanted w CROSS JOIN observations_history o
    ON o.indicator = coalesce(nullif(:indicator, ''), 'doi_thoai') AND o.time_period = w.period
  WHERE o.valid_to IS NULL AND o.scope = '' AND o.detail = '' AND o.obs_status IN ('A', 'E')
  ORDER BY o.obs_value DESC, o.ref_area LIMIT 500
)
SELECT
  k.ref_area AS "Địa bàn",
  k.obs_value AS "Giá trị",
  k.unit_measure AS "Đơn vị",
  k.time_period AS "Kỳ",
  CASE k.obs_status WHEN 'A' THEN 'đã thực hiện' ELSE 'ước tính' END AS "Tình trạng",
  CASE WHEN EXISTS (SELECT 1 FROM shown o WHERE o.ref_area > k.ref_area || '.'
    AND o.ref_area < k.ref_area || '/') THEN 'đã gồm các địa bàn bên dưới: đừng cộng' END AS "Lưu ý khi so sánh",
  (SELECT f.sentence FROM observation_mentions m JOIN figures f ON f.id = m.figure_id AND f.bulletin_id = m.bulletin_id
   WHERE m.observation_id = k.id AND m.agrees = 1 ORDER BY m.start LIMIT 1) AS "Câu văn",
  b.title AS "Bản tin",
  b.published AS "Ngày đăng",
  b.url AS "Địa chỉ"
FROM shown k
JOIN bulletins b ON b.id = k.bulletin_id
ORDER BY k.obs_value DESC, k.ref_area
LIMIT 500
