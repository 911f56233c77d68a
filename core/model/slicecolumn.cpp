// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/model/slicecolumn.h"

namespace coroscope::model {

namespace {
constexpr std::uint32_t wide = ~std::uint32_t(0);

/// Erases what is before `first` once it is half of all, so that an element moves only when another goes.
template<class T>
void eraseWorthwhile(std::vector<T> &all, typename std::vector<T>::iterator first)
{
    if ((first - all.begin()) * 2 < std::ssize(all) || first == all.begin())
        return;
    all.erase(all.begin(), first);
    all.shrink_to_fit();
}

/// Values of few rows, in order of their index.
template<class T>
class SparseColumn
{
public:
    void set(SliceColumn::Index i, T value)
    {
        if (!m_rows.empty() && m_rows.back().first == i)
            m_rows.back().second = value;
        else
            m_rows.emplace_back(i, value);
    }
    const T *find(SliceColumn::Index i) const
    {
        const auto it = std::lower_bound(m_rows.begin(), m_rows.end(), i,
                                         [](const auto &row, auto index) { return row.first < index; });
        return it != m_rows.end() && it->first == i ? &it->second : nullptr;
    }
    void forgetBefore(SliceColumn::Index end)
    {
        const auto first = std::lower_bound(m_rows.begin(), m_rows.end(), end,
                                            [](const auto &row, auto index) { return row.first < index; });
        eraseWorthwhile(m_rows, first);
    }
    void renumber(SliceColumn::Index by)
    {
        std::erase_if(m_rows, [by](const auto &row) { return row.first < by; });
        for (auto &row : m_rows)
            row.first -= by;
    }
    std::size_t capacityBytes() const { return m_rows.capacity() * sizeof(std::pair<SliceColumn::Index, T>); }

private:
    std::vector<std::pair<SliceColumn::Index, T>> m_rows;
};
} // namespace

struct SliceColumn::Sparse
{
    SparseColumn<std::uint64_t> waits;
    SparseColumn<Time> readyAfter;
    SparseColumn<Unpacked> unpacked;
    SparseColumn<StringId> labels;
    std::vector<Index> blocking;
};

void SliceColumn::DropSparse::operator()(Sparse *s) const { delete s; }

SliceColumn::Sparse &SliceColumn::sparse()
{
    if (!m_sparse)
        m_sparse.reset(new Sparse);
    return *m_sparse;
}

std::optional<std::uint32_t> SliceColumn::pack(const Unpacked &u)
{
    const auto cause = std::uint32_t(u.cause), kind = std::uint32_t(u.kind);
    if (cause > 0xf || kind > 0xf || u.thread.value > 0xff || u.site.value > 0xffff)
        return {};
    const std::uint32_t packed = cause | kind << 4 | u.thread.value << 8 | u.site.value << 16;
    return packed == wide ? std::nullopt : std::optional(packed);
}

void SliceColumn::store(Index i, const Unpacked &u)
{
    const auto packed = pack(u);
    m_details[i].packed = packed.value_or(wide);
    if (!packed)
        sparse().unpacked.set(i, u);
}

SliceColumn::Unpacked SliceColumn::unpack(Index i) const
{
    const std::uint32_t p = m_details[i].packed;
    if (p == wide)
        return *m_sparse->unpacked.find(i);
    return {trace::Cause(p & 0xf), trace::WaitKind(p >> 4 & 0xf), ThreadId {p >> 8 & 0xff},
            LocationId {p >> 16}};
}

void SliceColumn::begin(Time time, trace::Cause cause, std::uint32_t causer, ThreadId thread)
{
    if (m_times.size() % block == 0)
        noteEdges({time, m_running});
    m_times.append({time, m_running});
    m_details.append({causer, 0, 0, 0});
    store(size() - 1, {cause, trace::WaitKind::None, thread, {}});
    m_open = true;
}

void SliceColumn::noteEdges(const Edge &edge)
{
    const std::size_t i = m_times.size();
    m_edges.append(edge);
    if (!m_upperEdges) {
        if (i < strides[1] * 2)
            return;
        m_upperEdges = std::make_unique<UpperEdges>();
        for (std::size_t level = 1; level < strides.size(); ++level) {
            for (std::size_t k = 0; k < i; k += strides[level])
                (*m_upperEdges)[level - 1].append(k >= first() ? m_edges[k / block] : Edge {});
        }
    }
    for (std::size_t level = 1; level < strides.size(); ++level) {
        if (i % strides[level] == 0)
            (*m_upperEdges)[level - 1].append(edge);
    }
}

void SliceColumn::end(Time time, trace::WaitKind kind, std::uint64_t detail, LocationId site)
{
    const Index last = size() - 1;
    m_running += time - m_times[last].begin;
    m_open = false;
    if (kind == trace::WaitKind::None)
        return;
    auto u = unpack(last);
    u.kind = kind;
    u.site = site;
    store(last, u);
    m_details[last].wait = detail < wide ? std::uint32_t(detail) : wide;
    if (detail >= wide)
        sparse().waits.set(last, detail);
}

void SliceColumn::setReady(Time time)
{
    const Index last = size() - 1;
    if (m_details[last].readyAfter != 0)
        return;
    const Time after = std::max(time - endOf(last), Time {0});
    if (after.count() < std::int64_t(wide) - 1) {
        m_details[last].readyAfter = std::uint32_t(after.count()) + 1;
    } else {
        m_details[last].readyAfter = wide;
        sparse().readyAfter.set(last, after);
    }
}

void SliceColumn::setLabel(StringId label)
{
    if (!empty())
        sparse().labels.set(size() - 1, label);
}

void SliceColumn::setBlocking(Index index)
{
    auto &rows = sparse().blocking;
    if (rows.empty() || rows.back() < index)
        rows.push_back(index);
}

void SliceColumn::clearBlocking(Index from)
{
    if (m_sparse)
        std::erase_if(m_sparse->blocking, [from](Index i) { return i >= from; });
}

void SliceColumn::forgetBefore(Index end)
{
    if (empty())
        return;
    end = std::min(end, size() - 1) / block * block;
    m_times.dropBefore(end);
    m_details.dropBefore(end);
    m_edges.dropBefore(first() / block);
    for (std::size_t level = 1; m_upperEdges && level < strides.size(); ++level)
        (*m_upperEdges)[level - 1].dropBefore(first() / strides[level]);
    if (!m_sparse)
        return;
    m_sparse->waits.forgetBefore(first());
    m_sparse->readyAfter.forgetBefore(first());
    m_sparse->unpacked.forgetBefore(first());
    m_sparse->labels.forgetBefore(first());
    auto &blocking = m_sparse->blocking;
    eraseWorthwhile(blocking, std::lower_bound(blocking.begin(), blocking.end(), first()));
}

SliceColumn::Index SliceColumn::renumber()
{
    std::size_t spare = std::min(m_times.spareNumbers(), m_edges.spareNumbers() * block);
    for (std::size_t level = 1; m_upperEdges && level < strides.size(); ++level)
        spare = std::min(spare, edges(level).spareNumbers() * strides[level]);
    const auto by = Index(spare / strides.back() * strides.back());
    m_times.renumber(by);
    m_details.renumber(by);
    m_edges.renumber(by / block);
    for (std::size_t level = 1; m_upperEdges && level < strides.size(); ++level)
        (*m_upperEdges)[level - 1].renumber(by / strides[level]);
    if (m_sparse) {
        m_sparse->waits.renumber(by);
        m_sparse->readyAfter.renumber(by);
        m_sparse->unpacked.renumber(by);
        m_sparse->labels.renumber(by);
        std::erase_if(m_sparse->blocking, [by](Index i) { return i < by; });
        for (Index &i : m_sparse->blocking)
            i -= by;
    }
    return by;
}

trace::WaitKind SliceColumn::waitKindOf(Index i) const { return unpack(i).kind; }

std::optional<Time> SliceColumn::readyOf(Index i) const
{
    const std::uint32_t after = m_details[i].readyAfter;
    if (after == 0)
        return {};
    return endOf(i) + (after == wide ? *m_sparse->readyAfter.find(i) : Time {after - 1});
}

bool SliceColumn::isBlocking(Index first, Index end) const
{
    if (!m_sparse || m_sparse->blocking.empty())
        return false;
    const auto &rows = m_sparse->blocking;
    const auto it = std::lower_bound(rows.begin(), rows.end(), first);
    return it != rows.end() && *it < end;
}

Slice SliceColumn::at(Index i) const
{
    const auto u = unpack(i);
    const auto &details = m_details[i];
    Slice slice;
    slice.begin = beginOf(i);
    slice.end = endOf(i);
    slice.open = m_open && i + 1 == size();
    slice.cause = u.cause;
    slice.causer = details.causer;
    slice.thread = u.thread;
    slice.wait = {u.kind, details.wait == wide ? *m_sparse->waits.find(i) : details.wait, u.site, slice.end};
    slice.ready = readyOf(i);
    if (m_sparse) {
        if (const StringId *label = m_sparse->labels.find(i))
            slice.label = *label;
    }
    return slice;
}

/// The last edge that begins before `time`, from `low` on, which does. A gallop: O(log distance).
template<class Edges>
static SliceColumn::Index lastBefore(const Edges &edges, Time time, SliceColumn::Index low)
{
    using Index = SliceColumn::Index;
    const auto count = Index(edges.size());
    Index high = low + 1;
    for (Index step = 1; high < count && edges[high].begin < time; step *= 2) {
        low = high;
        high = step < count - low ? low + step : count;
    }
    while (high - low > 1) {
        const Index middle = low + (high - low) / 2;
        (edges[middle].begin < time ? low : high) = middle;
    }
    return low;
}

std::optional<std::size_t> SliceColumn::levelFor(Index slices) const noexcept
{
    constexpr Index several = 3;
    std::optional<std::size_t> found;
    for (std::size_t level = 0; level < strides.size() && (level == 0 || m_upperEdges); ++level) {
        if (strides[level] * several <= slices)
            found = level;
    }
    return found;
}

std::optional<SliceColumn::Index> SliceColumn::edgeFrom(Time time, Index start,
                                                        std::size_t level) const noexcept
{
    const Index stride = strides[level];
    const Edges &all = edges(level);
    const Index from = std::max((std::max(start, first()) + stride - 1) / stride, Index(all.first()));
    if (from >= all.size())
        return {};
    const Index found = all[from].begin >= time ? from : lastBefore(all, time, from) + 1;
    return found < all.size() ? std::optional(found * stride) : std::nullopt;
}

SliceColumn::Index SliceColumn::firstFrom(Time time, Index start) const
{
    const Index count = size();
    start = std::max(start, first());
    if (start >= count || m_times[start].begin >= time)
        return std::min(start, count);
    const Index low = lastBefore(m_edges, time, start / block);
    // Now within block `low`, without a branch that the processor could guess wrong.
    const Times *const rows = &m_times[low * block];
    const Times *last = rows;
    for (Index left = std::min(block, count - low * block); left > 1;) {
        const Index half = left / 2;
        last = last[half].begin < time ? last + half : last;
        left -= half;
    }
    return low * block + Index(last - rows) + 1;
}

std::optional<SliceColumn::Index> SliceColumn::lastUpTo(Time time) const
{
    const Index next = firstFrom(time + Time {1});
    return next > first() ? std::optional(next - 1) : std::nullopt;
}

Time SliceColumn::runningUpTo(Time time) const
{
    const auto i = lastUpTo(time);
    if (!i)
        return runningBefore(first());
    return m_times[*i].before + std::min(time - m_times[*i].begin, lengthOf(*i));
}

Time SliceColumn::runningIn(Time from, Time to, Time now) const
{
    if (empty() || to <= from)
        return Time {0};
    Time sum = runningUpTo(to) - runningUpTo(from);
    if (m_open)
        sum += std::max(std::min(to, now) - std::max(from, m_times.back().begin), Time {0});
    return sum;
}

std::size_t SliceColumn::capacityBytes() const
{
    std::size_t bytes = m_times.capacityBytes() + m_edges.capacityBytes() + m_details.capacityBytes();
    for (std::size_t level = 1; m_upperEdges && level < strides.size(); ++level)
        bytes += edges(level).capacityBytes();
    if (m_sparse) {
        bytes += sizeof(Sparse) + m_sparse->waits.capacityBytes() + m_sparse->readyAfter.capacityBytes()
                 + m_sparse->unpacked.capacityBytes() + m_sparse->labels.capacityBytes()
                 + m_sparse->blocking.capacity() * sizeof(Index);
    }
    return bytes;
}

} // namespace coroscope::model
